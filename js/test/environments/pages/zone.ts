import "./native-fetch.ts";
import "zone.js";
import "zone.js/plugins/zone-patch-fetch"; // which puts a signal of its own into the request
