// Package demo is a network to try the directory with: areas of expertise, some eighty organisations with their people,
// two phases, meetings past and to come, and an account for each role.
//
// The organisations and people are made up, except for the institutions that the network's concept note names: the European
// External Action Service, the European Commission and the European Peacebuilding Liaison Office. Their people here are
// made up too. All addresses end in .example. The tables areas.csv, organisations.csv and people.csv hold what a person would
// edit; the rest is derived from them, with the same identities each time.
//
// It may import csdn and the standard library, and writes through the ports of csdn alone.
package demo

import (
	"fmt"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Network is the whole of the demo data, every record clean, valid and at its first version.
type Network struct {
	Areas         []csdn.Area
	Phases        []csdn.Phase
	Organisations []csdn.Organisation
	People        []csdn.Person
	Accounts      []csdn.Account
	Meetings      []csdn.Meeting
	Attendance    []Attendance
}

// At returns the demo network as it is at a time, to the second: dates of confirmations, consents and coming meetings are
// counted from there. Invalid when a record breaks a rule of csdn.
func At(now time.Time) (Network, error) {
	now = now.UTC().Truncate(time.Second)
	var n Network
	var err error
	if n.Areas, err = areas(now); err != nil {
		return Network{}, fmt.Errorf("areas: %w", err)
	}
	if n.Phases, err = phases(now); err != nil {
		return Network{}, fmt.Errorf("phases: %w", err)
	}
	organisations, err := organisations(now)
	if err != nil {
		return Network{}, fmt.Errorf("organisations: %w", err)
	}
	n.Organisations = organisations.list
	people, err := people(organisations, now)
	if err != nil {
		return Network{}, fmt.Errorf("people: %w", err)
	}
	n.People = people.list
	n.Accounts = accounts(now)
	if n.Meetings, err = meetings(now); err != nil {
		return Network{}, fmt.Errorf("meetings: %w", err)
	}
	if n.Attendance, err = attendance(n.Meetings, people); err != nil {
		return Network{}, fmt.Errorf("invitations: %w", err)
	}
	return n, nil
}

// The identities are ULIDs: the time of a New Year's Day, four letters that tell the series, and a number.
const newYear2024 = "01HK153X00"

// The series of identities.
const (
	organisationSeries = newYear2024 + "0RGS"
	personSeries       = newYear2024 + "PE0P"
	meetingSeries      = newYear2024 + "MEET"
	accountSeries      = newYear2024 + "ACCT"
	entrySeries        = newYear2024 + "ENTR"
	changeSeries       = newYear2024 + "CHNG"
)

// identity returns the number of a series as the identity it is, from 1.
func identity[T ~string](series string, number int) T {
	return T(fmt.Sprintf("%s%012d", series, number))
}
