package scenarios

import (
	"bytes"
	_ "embed"
	"encoding/json"
)

// JSON is the table as it is written, for clients in other languages.
//
//go:embed scenarios.json
var JSON []byte

// Scenario is one row of the table.
type Scenario struct {
	Name   string   `json:"name"`
	Covers []string `json:"covers"`
	Memory bool     `json:"memory"`
	Steps  []Step   `json:"steps"`
}

// Step is one thing that is done, and what must come of it.
type Step struct {
	Client  string            `json:"client"`
	Call    string            `json:"call"`
	Args    []json.RawMessage `json:"args"`
	Options json.RawMessage   `json:"options"`
	Visit   string            `json:"visit"`
	Decide  string            `json:"decide"`
	Server  string            `json:"server"`

	Gives json.RawMessage `json:"gives"`
	Fails json.RawMessage `json:"fails"`
	Sends *int            `json:"sends"`
	Lands string          `json:"lands"`
	Shows string          `json:"shows"`
}

// All gives the table. It panics where the table is malformed: that is a
// mistake of whoever wrote it.
func All() []Scenario {
	var all []Scenario
	decoder := json.NewDecoder(bytes.NewReader(JSON))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&all); err != nil {
		panic("scenarios.json: " + err.Error())
	}
	return all
}
