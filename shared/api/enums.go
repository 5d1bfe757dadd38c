package api

import (
	"github.com/danielgtaylor/huma/v2"

	"csdn.example/directory/shared/csdn"
)

// The closed lists of words in bodies. Each takes its values from csdn, so that the specification cannot drift from the rules.
type (
	organisationType   string
	organisationStatus string
	expertiseLevel     string
	identifierScheme   string
	category           string
	safety             string
	consentBasis       string
	meetingMode        string
	meetingRule        string
	meetingStatus      string
	agendaKind         string
	attendanceMode     string
	answer             string
	recording          string
	role               string
	scope              string
	mergerSubject      string
	mergerStatus       string
)

func enum[T ~string](values []T, also ...string) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString}
	for _, v := range also {
		s.Enum = append(s.Enum, v)
	}
	for _, v := range values {
		s.Enum = append(s.Enum, string(v))
	}
	return s
}

func (organisationType) Schema(huma.Registry) *huma.Schema { return enum(csdn.OrganisationTypes()) }
func (organisationStatus) Schema(huma.Registry) *huma.Schema {
	return enum(csdn.OrganisationStatuses())
}
func (expertiseLevel) Schema(huma.Registry) *huma.Schema   { return enum(csdn.ExpertiseLevels()) }
func (identifierScheme) Schema(huma.Registry) *huma.Schema { return enum(csdn.IdentifierSchemes()) }
func (category) Schema(huma.Registry) *huma.Schema         { return enum(csdn.Categories(), "") }
func (safety) Schema(huma.Registry) *huma.Schema           { return enum(csdn.SafetyLevels()) }
func (consentBasis) Schema(huma.Registry) *huma.Schema     { return enum(csdn.ConsentBases()) }
func (meetingMode) Schema(huma.Registry) *huma.Schema      { return enum(csdn.Modes()) }
func (meetingRule) Schema(huma.Registry) *huma.Schema      { return enum(csdn.Rules()) }
func (meetingStatus) Schema(huma.Registry) *huma.Schema    { return enum(csdn.MeetingStatuses()) }
func (agendaKind) Schema(huma.Registry) *huma.Schema       { return enum(csdn.AgendaKinds()) }
func (answer) Schema(huma.Registry) *huma.Schema           { return enum(csdn.Answers()) }
func (recording) Schema(huma.Registry) *huma.Schema        { return enum(csdn.Recordings()) }
func (role) Schema(huma.Registry) *huma.Schema             { return enum(csdn.Roles()) }
func (scope) Schema(huma.Registry) *huma.Schema            { return enum(csdn.Scopes()) }
func (mergerSubject) Schema(huma.Registry) *huma.Schema    { return enum(csdn.MergerSubjects()) }
func (mergerStatus) Schema(huma.Registry) *huma.Schema     { return enum(csdn.MergerStatuses()) }
func (attendanceMode) Schema(huma.Registry) *huma.Schema {
	return enum([]csdn.Mode{csdn.InPerson, csdn.Online})
}
