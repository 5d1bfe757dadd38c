package api

import (
	"time"

	"csdn.example/directory/shared/csdn"
)

// Change is one entry of an audit trail.
type Change struct {
	ID      string       `json:"id" doc:"ULID"`
	At      time.Time    `json:"at"`
	By      string       `json:"by" doc:"The account that did it; clock or invitee where no account did"`
	Act     string       `json:"act" example:"organisation.changed"`
	Version int          `json:"version" doc:"The version that the subject then had"`
	Fields  []Difference `json:"fields" doc:"What differs"`
}

// Difference is one field that a change altered. Values are as text; lists are joined by a comma.
type Difference struct {
	Field  string `json:"field" example:"areas"`
	Before string `json:"before"`
	After  string `json:"after"`
}

func changeBody(c csdn.Change) Change {
	return Change{
		ID: string(c.ID), At: c.At.UTC(), By: string(c.By), Act: string(c.Act), Version: int(c.Version),
		Fields: each(c.Fields, func(d csdn.Difference) Difference { return Difference(d) }),
	}
}
