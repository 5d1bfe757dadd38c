package main

import (
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/credential"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/site"
	"csdn.example/directory/shared/web"
)

// pages wires what the pages open.
func pages(e *boot.Environment) site.Pages {
	network, people, store, rights := e.Directory(), e.People(), e.Participation(), e.Rights()
	clerk := directory.Clerk{Now: e.Now, NewID: e.NewID}
	areas := &directory.Vocabularies{Areas: network, Now: e.Now}
	organisations := &directory.Finder{Subject: csdn.Organisations, Feed: network, Snapshots: network, Now: e.Now}
	persons := &directory.Finder{Subject: csdn.People, Feed: people, Snapshots: people, Now: e.Now}
	invitations := directory.Invitations{
		Clerk: clerk, Store: store, Meetings: network, Phases: network, Areas: areas, People: people, Pause: e.Pause, Taken: e.Count(web.SeatsTaken),
	}
	issuer := &credential.Issuer{URL: e.Text("ISSUER_URL"), Keys: e.Text("JWKS_URL"), Audience: e.Text("AUDIENCE"), Client: e.HTTPClient(), Now: e.Now}
	members := directory.Organisations{Clerk: clerk, Store: network, Areas: areas, Finder: organisations}
	experts := directory.People{Clerk: clerk, Store: people, Organisations: network, Areas: areas, Finder: persons, Members: organisations}
	return site.Pages{
		SignIn:        &credential.SignIn{Issuer: issuer, Discovery: e.Text("DISCOVERY_URL"), Return: e.Text("PUBLIC_URL") + "/signed-in"},
		Sessions:      directory.Sessions{Identity: directory.Identity{Clerk: clerk, Accounts: people}, Store: people, NewToken: e.NewToken},
		Areas:         directory.Areas{Clerk: clerk, Store: network},
		Organisations: members,
		People:        experts,
		Phases:        directory.Phases{Clerk: clerk, Store: network},
		Reports:       directory.Reports{Phases: network, Closed: network, Summaries: network, Areas: network, Types: network},
		Meetings:      directory.Meetings{Clerk: clerk, Store: network, Notes: network, Phases: network, Areas: areas, Types: network},
		Types:         directory.MeetingTypes{Clerk: clerk, Store: network, Meetings: network, Phases: network},
		Duplicates: directory.Duplicates{
			Organisations: network, People: people, Feeds: map[csdn.Subject]csdn.Feed{csdn.Organisations: network, csdn.People: people},
		},
		Invitations: invitations,
		Closings:    directory.Closings{Invitations: invitations, Closing: store},
		Summaries: directory.Summaries{
			Invitations: invitations, Organisations: network, Mergers: e.Mergers(), Drafts: store, Published: network, Log: e.Log,
		},
		Recommendations: directory.Recommendations{Clerk: clerk, Meetings: network, Published: network},
		Shortlists: directory.Shortlists{
			Invitations: store, Meetings: network, People: people, Areas: areas, Now: e.Now,
			Finder: persons, Rotations: &directory.Rotations{Store: store, Now: e.Now},
		},
		Accounts: directory.Accounts{Clerk: clerk, Store: people, Tokens: people, Organisations: network},
		Tokens:   directory.Tokens{Clerk: clerk, Store: people, NewSecret: e.NewSecret},
		Rights:   directory.Rights{Clerk: clerk, Store: rights, Dossiers: rights, People: people, Accounts: people},
		Renewals: directory.RenewalLinks{Store: e.Renewals(), Organisations: members, People: experts},
		Ready:    network.Ready,
	}
}
