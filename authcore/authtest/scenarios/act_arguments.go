package scenarios

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/traq-auth/traq-auth/authcore/authtest"
)

// text reads an argument that is a text.
func text(arg json.RawMessage) (string, error) {
	var text *string
	if err := json.Unmarshal(arg, &text); err != nil || text == nil {
		return "", fmt.Errorf("%s is no text", arg)
	}
	return *text, nil
}

// object reads an argument that is an object, with no other members than it has.
func object(arg json.RawMessage, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(arg))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// checked takes arguments that are texts, of which none is empty.
func checked(act func(*authtest.Server, []string) error) func(*authtest.Server, []json.RawMessage) error {
	return func(s *authtest.Server, args []json.RawMessage) error {
		texts := make([]string, len(args))
		for i, arg := range args {
			var err error
			if texts[i], err = text(arg); err != nil {
				return err
			}
			if texts[i] == "" {
				return fmt.Errorf("argument %d is empty", i+1)
			}
		}
		return act(s, texts)
	}
}

// texts is checked for what then cannot be wrong, but by a name that is none.
func texts(act func(*authtest.Server, []string)) func(*authtest.Server, []json.RawMessage) error {
	return checked(func(s *authtest.Server, a []string) error {
		act(s, a)
		return nil
	})
}

// duration takes a length of time, after a name where there are two arguments.
func duration(act func(s *authtest.Server, name string, d time.Duration)) func(*authtest.Server, []json.RawMessage) error {
	return checked(func(s *authtest.Server, a []string) error {
		d, err := time.ParseDuration(a[len(a)-1])
		if err == nil {
			act(s, a[0], d)
		}
		return err
	})
}
