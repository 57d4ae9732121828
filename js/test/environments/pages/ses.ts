import "ses";
