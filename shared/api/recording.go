package api

import (
	"context"
	"net/http"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// RecordOrder says how it ended with people.
type RecordOrder struct {
	People   []string       `json:"people" minItems:"1" maxItems:"100" doc:"ULIDs"`
	Status   recording      `json:"status"`
	Category category       `json:"category" required:"false" doc:"The person's own unless set"`
	Mode     attendanceMode `json:"mode,omitempty" doc:"in-person unless the meeting is online or this is set"`
}

func (n Invitations) registerRecording(a *API) {
	type order struct {
		MeetingPath
		Body RecordOrder
	}
	register(a, operation{
		method: http.MethodPost, path: "/v1/meetings/{id}/invitations/record", id: "record-invitations", act: "invitation.recorded",
		summary: "Record who took part in a meeting that has begun",
		description: "Of an open or held meeting, such as one of the past that is entered whole, and of guests who came uninvited. Nobody is written " +
			"to. One that is already there is left as it is, but for a draft. 409 where their seats are taken.",
		status: http.StatusCreated,
	}, func(ctx context.Context, caller csdn.Caller, in *order) (*drafts, error) {
		list, err := n.Directory.Record(ctx, caller, in.id(), as[csdn.PersonID](in.Body.People), csdn.InvitationStatus(in.Body.Status),
			csdn.Category(in.Body.Category), csdn.Mode(in.Body.Mode))
		return &drafts{Location: "/v1/meetings/" + in.ID + "/invitations", Body: List[DraftedInvitation]{Items: each(list, draftedInvitation)}}, err
	})
}

func draftedInvitation(d directory.Drafted) DraftedInvitation {
	return DraftedInvitation{Invitation: invitation(d.Invitation), Already: d.Already}
}
