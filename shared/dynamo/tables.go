package dynamo

import (
	"context"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// Directory holds organisations, areas, phases and meetings.
type Directory struct {
	Client *dynamodb.Client
	Table  string
	// Meter is told the read units of every read, for measurements; nil for none.
	Meter func(units float64)
}

// People holds persons, accounts and their tokens.
type People struct {
	Client *dynamodb.Client
	Table  string
	Meter  func(units float64) // as that of Directory
}

// Participation holds invitations, seats and links. Its writes check, or close, the meeting in the table of
// Directory and add to the table of Outbox; it reads neither.
type Participation struct {
	Client         *dynamodb.Client
	Table          string
	DirectoryTable string
	OutboxTable    string
	Meter          func(units float64) // as that of Directory
}

// Outbox holds deliveries that are to be sent, as ids alone.
type Outbox struct {
	Client *dynamodb.Client
	Table  string
	Meter  func(units float64) // as that of Directory
}

// Renewals holds which organisation was asked when whether all is right, and the links made for that, beside the organisations. Its
// writes add to the table of Outbox, which it does not read.
type Renewals struct {
	Client         *dynamodb.Client
	DirectoryTable string
	OutboxTable    string
}

var (
	_ csdn.RenewalStore      = Renewals{}
	_ csdn.AddressBook       = People{}
	_ csdn.OrganisationStore = Directory{}
	_ csdn.AreaStore         = Directory{}
	_ csdn.MergeStore        = Directory{}
	_ csdn.PhaseStore        = Directory{}
	_ csdn.MeetingStore      = Directory{}
	_ csdn.IndicatorStore    = Directory{}
	_ csdn.Feed              = Directory{}
	_ csdn.Snapshots         = Directory{}
	_ csdn.SnapshotStore     = Directory{}
	_ csdn.PersonStore       = People{}
	_ csdn.AccountStore      = People{}
	_ csdn.SessionStore      = People{}
	_ csdn.TokenStore        = People{}
	_ csdn.Feed              = People{}
	_ csdn.Snapshots         = People{}
	_ csdn.SnapshotStore     = People{}
	_ csdn.InvitationStore   = Participation{}
	_ csdn.ClosingStore      = Participation{}
	_ csdn.Outbox            = Outbox{}
	_ csdn.TrailStore        = Directory{}
	_ csdn.TrailStore        = People{}
	_ csdn.TrailStore        = Participation{}
)

func (d Directory) table() table     { return table{d.Client, d.Table, d.Meter} }
func (d People) table() table        { return table{d.Client, d.Table, d.Meter} }
func (d Participation) table() table { return table{d.Client, d.Table, d.Meter} }
func (d Outbox) table() table        { return table{d.Client, d.Table, d.Meter} }

// Ready reads one item, whether it is there or not, and returns why it cannot, Unavailable among others.
func (d Directory) Ready(ctx context.Context) error {
	_, err := d.table().item(ctx, phaseKey(1))
	return err
}
