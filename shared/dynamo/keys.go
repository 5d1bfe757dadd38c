package dynamo

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// The access patterns. Keys are pk/sk; an index is named after its hash attribute, and its range attribute has the same
// name with "At", but for that of feed, which is pk. Tables are read consistently, but for organisations by ids; indexes cannot be.
//
//	Directory
//	  organisation                   ORG#<id> / ORG                              get, batch  organisations, people, invitations
//	  when one was last asked        ORG#<id> / RENEWAL                          get, batch  clock, notifier
//	  link of a renewal              LINK#<hash> / LINK                          get         notifier puts it; site; forgotten by the time to live
//	  organisations in turn          index feed: organisation / ORG#<id>         query ↑     clock, some at a time
//	  how far the clock came with it NETWORK#CSDN / RENEWALS                     get         clock
//	  changes of an organisation     ORG#<id> / CHANGE#<change>                  query ↓     organisations
//	  two of them before a merger    ORG#<id> / MERGER#<merger>                  get         mergers; forgotten by the time to live
//	  mergers of records, one        NETWORK#CSDN / MERGER#<id>                  query ↓, get  mergers, site, invitations
//	  cards of organisations         index feed: organisation / ORG#<id>         query ↑     whoever searches organisations, at the start
//	  vocabulary, one area           VOCABULARY#areas / AREA#<slug>              query, get  areas; whoever writes areas into a profile
//	  changes of an area             AREA#<slug> / CHANGE#<change>               put         areas, claims
//	  merges of areas, one           VOCABULARY#areas / MERGE#<slug>             query, get  claims; areas
//	  types of meetings              VOCABULARY#meeting-types / MEETINGTYPE#<slug>  query    meetings, phases, site
//	  changes of a type of meeting   MEETINGTYPE#<slug> / CHANGE#<change>        put         meetings
//	  phases, one phase              NETWORK#CSDN / PHASE#<0000>                 query, get  phases, meetings; site (readiness)
//	  changes of a phase             PHASE#<0000> / CHANGE#<change>              put         phases
//	  indicators of a phase          PHASE#<0000> / INDICATORS#<time>#<meeting>  query ↑     phases; invitations puts them
//	  meetings of a phase            PHASE#<0000> / MEETING#<start>#<id>         query ↓     meetings, then a batch
//	  meeting                        MEETING#<id> / MEETING                      get, batch  meetings, invitations, site, clock, notifier
//	  changes of a meeting           MEETING#<id> / CHANGE#<change>              put         meetings
//	  published summary of a meeting MEETING#<id> / SUMMARY                      get         meetings, invitations, site
//	  recommendations of a phase     PHASE#<0000> / RECOMMENDATIONS#<meeting>    query ↑     phases, site; whoever writes a summary puts them
//	  versions of a concept note     MEETING#<id> / NOTE#<0000>                  query ↓, get  meetings, site
//	  erasures, one erasure          NETWORK#CSDN / ERASURE#<id>                 query ↓, get  rights, clock
//	  erasures begun, until settled  NETWORK#CSDN / BEGUN#<id>                   query ↑     clock
//	  erasure of a person or account ERASURE#<person or account> / ERASURE       get         rights
//	People
//	  person                         PERSON#<id> / PERSON                        get, batch  people, invitations, site, notifier, feedback
//	  two people before a merger     PERSON#<id> / MERGER#<merger>               get         mergers, rights; forgotten by the time to live
//	  whose an address is            EMAIL#<sha256> / PERSON                     put, get    people; feedback
//	  changes of a person            PERSON#<id> / CHANGE#<change>               put         people
//	  cards of people                index feed: person / PERSON#<id>            query ↑     whoever searches people, at the start
//	  accounts, one account          NETWORK#accounts / ACCOUNT#<id>             query, get  accounts, authorizer; some hundred
//	  account of an address          ACCOUNTEMAIL#<sha256> / ACCOUNT             get         authorizer, at the first sign-in
//	  account of a subject           SUBJECT#<sha256> / ACCOUNT                  get         authorizer
//	  session                        SESSION#<hash> / SESSION                    get         site; forgotten by the time to live
//	  changes of an account          ACCOUNT#<id> / CHANGE#<change>              put         accounts, authorizer
//	  tokens of an account           ACCOUNT#<id> / KEYRING                      get         accounts, then a batch; forgotten with its last token
//	  token                          TOKEN#<hash> / TOKEN                        get, batch  authorizer; forgotten by the time to live
//	  requests in a minute           REQUESTS#<sha256>#<minute> / REQUESTS       add         authorizer; forgotten by the time to live
//	  sessions of an account         ACCOUNT#<id> / SESSION#<hash>               query ↑     rights; site puts them; forgotten with the session
//	  receipts of a person, keyring  PERSON#<id> / RECEIPT#PERSON#<name>,        put         people, accounts; for erasure
//	                                   ACCOUNT#<id> / RECEIPT#KEYRING#<name>
//	  receipts of an account         NETWORK#accounts / RECEIPT#ACCOUNT#<id>#<name>  query ↑  rights; accounts puts them
//	  import                         IMPORT#<id> / IMPORT                        get, batch  imports; forgotten by the time to live, as all of it is
//	  imports that are not done      NETWORK#CSDN / RUNNING#<subject>            query ↑     imports; rights, which stops them
//	  recent imports                 NETWORK#CSDN / IMPORT#<import>              query ↓     imports; rights, which removes their files
//	  file of an import              IMPORT#<id> / FILE#<part>                   query ↑     imports; removed when it is done, of a dry run an hour later
//	  findings of an import          IMPORT#<id> / FINDING#<row>                 query ↑     imports
//	  changes of an import           IMPORT#<id> / CHANGE#<change>               put         imports
//	  what lies with a person        PERSON#<id>                                 query ↑     rights, clock
//	  what lies with an account      ACCOUNT#<id>                                query ↑     rights, clock
//	Participation
//	  invitations of a meeting, one  MEETING#<id> / INVITATION#<person>          query, get  invitations, site, clock, notifier
//	  changes of an invitation       MEETING#<id> / CHANGE#<person>#<change>     put         invitations, site, clock
//	  summary that is worked on      MEETING#<id> / SUMMARY                      get         invitations, site
//	  changes of a summary           MEETING#<id> / CHANGE#<change>              put         invitations, site
//	  seats of a meeting             MEETING#<id> / SEATING                      get         invitations, site, clock
//	  invitations of an organisation index organisation: <organisation> /
//	                                   <phase 0000>#<meeting>#<person>           query ↓     invitations
//	  invitation that made way       MEETING#<id> / ASIDE#<person>               get         mergers, rights; forgotten by the time to live
//	  what is due                    index due: due / <time>#<meeting>#<person>  query ↑     clock
//	  link                           LINK#<hash> / LINK                          get         invitations, site
//	  who took part in a phase       PHASE#<0000> / ROLL                         get         invitations
//	  who was invited how often      ROTATION / PERSON#<person>                  query ↑     invitations, which count; rights, clock
//	  receipts on a meeting          MEETING#<id> / RECEIPT#<sk>#<name>          query ↑     rights, clock; invitations puts them
//	  links of an invitation         MEETING#<id> / LINK#<person>#<hash>         put         notifier; for erasure
//	  all that is of a meeting       MEETING#<id>                                query ↑     clock, rights
//	  up to when that is forgotten   NETWORK#CSDN / FORGOTTEN                    get         clock
//	  failed attempts of an origin   ATTEMPTS#<origin>#<window> / ATTEMPTS       get, add    invitations, site; forgotten by the time to live
//	Directory, People and Participation
//	  the newest changes             index trail: changes / <change>             query ↓     accounts, then a batch
//	  who was written since a time   index trail: changes / <change>             query ↑     whoever searches, then a batch of cards
//	Outbox
//	  delivery                       DELIVERY#<id> / DELIVERY                    get         notifier, also by its stream
//
//	Directory, People
//	  newest snapshot of cards       SNAPSHOT#<subject>#MANIFEST / MANIFEST      get         whoever searches
//	  snapshots, newest, next one    SNAPSHOT#<subject> / SNAPSHOT#<id>, NEWEST, NEXT  query ↑  clock; rights, which empties it
//	  chunks of a snapshot           SNAPSHOT#<subject>#<id> / <part>#<0000>     get, query ↑  whoever searches; clock, rights
//
//	Directory, People, Participation
//	  receipt of a request           RECEIPT#<sha256> / RECEIPT                  get, put    whoever creates; forgotten by the time to live
//
// Addresses and subjects are in keys as hashes alone: keys turn up in errors and in metrics of hot partitions.

// The names of indexes, which are those of their hash attributes too.
const (
	feedIndex         = "feed"
	organisationIndex = "organisation"
	dueIndex          = "due"
	trailIndex        = "trail"
)

// everythingDue is the one partition of the index due: some hundred invitations wait in it at a time.
const everythingDue = "due"

// everyChange is the one partition of the index trail: people write some changes a minute.
const everyChange = "changes"

// key names one item of a table.
type key struct{ pk, sk string }

func (k key) attributes() map[string]types.AttributeValue {
	return map[string]types.AttributeValue{"pk": text(k.pk), "sk": text(k.sk)}
}

// possible reports whether an item can have the key: DynamoDB takes 2,048 bytes of pk and 1,024 of sk. Ids come from
// addresses of requests, and one that is longer names nothing.
func (k key) possible() bool { return len(k.pk) <= 2048 && len(k.sk) <= 1024 }

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

const (
	areaPrefix         = "AREA#"
	mergePrefix        = "MERGE#"
	phasePrefix        = "PHASE#"
	meetingPrefix      = "MEETING#"
	invitationPrefix   = "INVITATION#"
	changePrefix       = "CHANGE#"
	deliveryPrefix     = "DELIVERY#"
	receiptPrefix      = "RECEIPT#"
	linkPrefix         = "LINK#"
	erasurePrefix      = "ERASURE#"
	begunPrefix        = "BEGUN#"
	indicatorsPrefix   = "INDICATORS#"
	personPrefix       = "PERSON#"
	accountPrefix      = "ACCOUNT#"
	sessionPrefix      = "SESSION#"
	snapshotPrefix     = "SNAPSHOT#"
	runningPrefix      = "RUNNING#"
	recentPrefix       = "IMPORT#"
	partPrefix         = "FILE#"
	findingPrefix      = "FINDING#"
	organisationPrefix = "ORG#"
	notePrefix         = "NOTE#"
	tallyPrefix        = "RECOMMENDATIONS#"
	mergerPrefix       = "MERGER#"
	asidePrefix        = "ASIDE#"
	meetingTypePrefix  = "MEETINGTYPE#"

	accountsPartition    = "NETWORK#accounts"
	vocabularyPartition  = "VOCABULARY#areas"
	meetingTypePartition = "VOCABULARY#meeting-types"
	networkPartition     = "NETWORK#CSDN"
	rotationPartition    = "ROTATION" // one for all: people send some invitations a minute, and one query reads it
)

func organisationKey(id csdn.OrganisationID) key { return key{organisationPrefix + string(id), "ORG"} }

// asideKey is where an invitation stands that made way for another to the meeting when the person's record was merged.
func asideKey(meeting csdn.MeetingID, person csdn.PersonID) key {
	return key{meetingKey(meeting).pk, asidePrefix + string(person)}
}

// peopleBeforeKey is where two people stand as they were before the merger of their records.
func peopleBeforeKey(m csdn.Merger) key {
	return key{personKey(csdn.PersonID(m.Keep)).pk, mergerPrefix + string(m.ID)}
}

// mergerKey is where the merging of two records stands, and organisationsBeforeKey where those stand as they were before it.
func mergerKey(id csdn.MergerID) key { return key{networkPartition, mergerPrefix + string(id)} }

func organisationsBeforeKey(m csdn.Merger) key {
	return key{organisationKey(csdn.OrganisationID(m.Keep)).pk, mergerPrefix + string(m.ID)}
}

// renewalKey is where it stands when an organisation was last asked whether all is right.
func renewalKey(id csdn.OrganisationID) key { return key{organisationKey(id).pk, "RENEWAL"} }

// renewalRoundKey is where it stands how far the clock has come with that.
func renewalRoundKey() key { return key{networkPartition, "RENEWALS"} }

func areaKey(slug csdn.AreaSlug) key { return key{vocabularyPartition, areaPrefix + string(slug)} }

// mergeKey is where the merge of an area stands beside the vocabulary.
func mergeKey(slug csdn.AreaSlug) key { return key{vocabularyPartition, mergePrefix + string(slug)} }

func meetingTypeKey(slug csdn.MeetingType) key {
	return key{meetingTypePartition, meetingTypePrefix + string(slug)}
}

func phaseKey(number csdn.PhaseNumber) key {
	return key{networkPartition, phasePartition(number)}
}

func meetingKey(id csdn.MeetingID) key { return key{meetingPrefix + string(id), "MEETING"} }

// noteKey is where a version of the concept note of a meeting stands.
func noteKey(id csdn.MeetingID, number int) key {
	return key{meetingKey(id).pk, fmt.Sprintf("%s%04d", notePrefix, number)}
}

// summaryKey is where the summary of a meeting stands: what is published in the directory, what is worked on beside the invitations.
func summaryKey(id csdn.MeetingID) key { return key{meetingKey(id).pk, "SUMMARY"} }

// tallyKey is where the recommendations of a meeting are counted for the report of its phase.
func tallyKey(phase csdn.PhaseNumber, id csdn.MeetingID) key {
	return key{phasePartition(phase), tallyPrefix + string(id)}
}

// placeKey is where a meeting stands in the list of its phase.
func placeKey(m csdn.Meeting) key {
	return key{phasePartition(m.Phase), meetingPrefix + m.Start.String() + "#" + string(m.ID)}
}

func phasePartition(number csdn.PhaseNumber) string {
	return phasePrefix + phaseText(number)
}

// phaseText is the number in a width at which text sorts as numbers do.
func phaseText(number csdn.PhaseNumber) string { return fmt.Sprintf("%04d", number) }

func personKey(id csdn.PersonID) key { return key{personPrefix + string(id), "PERSON"} }

// guestKey is where it is counted how often a person was invited.
func guestKey(id csdn.PersonID) key { return key{rotationPartition, personPrefix + string(id)} }

func personEmailKey(email string) key { return key{"EMAIL#" + digest(email), "PERSON"} }

func accountKey(id csdn.AccountID) key { return key{accountsPartition, accountPrefix + string(id)} }

// accountPartition is where what belongs to an account lies: its trail, and the list of its tokens.
func accountPartition(id csdn.AccountID) string { return accountPrefix + string(id) }

func keyringKey(account csdn.AccountID) key { return key{accountPartition(account), "KEYRING"} }

func tokenKey(hash csdn.TokenHash) key { return key{"TOKEN#" + string(hash), "TOKEN"} }

func accountEmailKey(email string) key { return key{"ACCOUNTEMAIL#" + digest(email), "ACCOUNT"} }

func accountSubjectKey(subject string) key { return key{"SUBJECT#" + digest(subject), "ACCOUNT"} }

func sessionKey(hash csdn.SessionHash) key { return key{sessionPrefix + string(hash), "SESSION"} }

// ownSessionKey is where a session stands beside its account.
func ownSessionKey(account csdn.AccountID, hash csdn.SessionHash) key {
	return key{accountPartition(account), sessionPrefix + string(hash)}
}

func erasureKey(id csdn.ErasureID) key { return key{networkPartition, erasurePrefix + string(id)} }

func begunKey(id csdn.ErasureID) key { return key{networkPartition, begunPrefix + string(id)} }

// forgottenKey is where it stands up to when the participants of meetings are forgotten.
func forgottenKey() key { return key{networkPartition, "FORGOTTEN"} }

// erasureOfKey is where the erasure stands of a person or an account, which as ULIDs are never the same.
func erasureOfKey(subject string) key { return key{erasurePrefix + subject, "ERASURE"} }

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func invitationKey(meeting csdn.MeetingID, person csdn.PersonID) key {
	return key{meetingKey(meeting).pk, invitationPrefix + string(person)}
}

func seatingKey(meeting csdn.MeetingID) key { return key{meetingKey(meeting).pk, "SEATING"} }

func linkKey(hash csdn.LinkHash) key { return key{"LINK#" + string(hash), "LINK"} }

// ownLinkKey is where a link stands beside its invitation.
func ownLinkKey(l csdn.Link) key {
	return key{meetingKey(l.Meeting).pk, "LINK#" + string(l.Person) + "#" + string(l.Hash)}
}

// attemptsKey is where the failed attempts of an origin within one window are counted. An origin is an address of the
// network, so it is there as a hash alone.
func attemptsKey(origin string, window time.Time) key {
	return key{"ATTEMPTS#" + digest(origin) + "#" + sortable(window), "ATTEMPTS"}
}

// indicatorsKey is where the indicators of a meeting stand in the report of its phase.
func indicatorsKey(n csdn.Indicators) key {
	return key{phasePartition(n.Phase), indicatorsPrefix + sortable(n.ClosedAt) + "#" + string(n.Meeting)}
}

func rollKey(phase csdn.PhaseNumber) key { return key{phasePartition(phase), "ROLL"} }

// requestsKey is where the requests of an account, a token or an address of the network are counted within a minute.
func requestsKey(subject string, minute time.Time) key {
	return key{"REQUESTS#" + digest(subject) + "#" + sortable(minute), "REQUESTS"}
}

func importKey(id csdn.ImportID) key { return key{"IMPORT#" + string(id), "IMPORT"} }

// runningKey is where it stands which import of a subject is running.
func runningKey(subject csdn.Subject) key {
	return key{networkPartition, runningPrefix + string(subject)}
}

// recentKey lists an import among the recent ones.
func recentKey(id csdn.ImportID) key { return key{networkPartition, recentPrefix + string(id)} }

func partKey(id csdn.ImportID, part int) key {
	return key{importKey(id).pk, fmt.Sprintf("%s%02d", partPrefix, part)}
}

func findingKey(id csdn.ImportID, row int) key {
	return key{importKey(id).pk, findingPrefix + rowText(row)}
}

// rowText is the number of a row in a width at which text sorts as numbers do.
func rowText(row int) string { return fmt.Sprintf("%07d", row) }

func receiptKey(name csdn.ReceiptName) key { return key{receiptPrefix + string(name), "RECEIPT"} }

// markedReceipts is how the marks of receipts begin that stand beside the subject with the key, in its partition.
func markedReceipts(subject key) string { return receiptPrefix + subject.sk + "#" }

// receiptMarkKey is where a receipt is marked beside the subject that it speaks of.
func receiptMarkKey(subject key, name csdn.ReceiptName) key {
	return key{subject.pk, markedReceipts(subject) + string(name)}
}

func deliveryKey(id csdn.DeliveryID) key { return key{deliveryPrefix + string(id), "DELIVERY"} }

// DeliveryOf returns the delivery whose partition key, the attribute pk, a record of the outbox's stream names. ok is
// false for the key of anything else.
func DeliveryOf(pk string) (id csdn.DeliveryID, ok bool) {
	name, ok := strings.CutPrefix(pk, deliveryPrefix)
	return csdn.DeliveryID(name), ok && csdn.ValidID(name)
}

// changeKey is where a change stands in the trail of the subject with the key.
func changeKey(subject key, id csdn.ChangeID) key {
	return key{subject.pk, changePrefix + string(id)}
}

// accountChangeKey, areaChangeKey, meetingTypeChangeKey and phaseChangeKey give each subject a trail of its own, though the subjects share a partition.
func accountChangeKey(account csdn.AccountID, id csdn.ChangeID) key {
	return changeKey(key{pk: accountPrefix + string(account)}, id)
}

func areaChangeKey(slug csdn.AreaSlug, id csdn.ChangeID) key {
	return changeKey(key{pk: areaPrefix + string(slug)}, id)
}

func meetingTypeChangeKey(slug csdn.MeetingType, id csdn.ChangeID) key {
	return changeKey(key{pk: meetingTypePrefix + string(slug)}, id)
}

func phaseChangeKey(number csdn.PhaseNumber, id csdn.ChangeID) key {
	return changeKey(key{pk: phasePartition(number)}, id)
}

func invitationChangeKey(meeting csdn.MeetingID, c csdn.InvitationChange) key {
	return key{meetingKey(meeting).pk, changePrefix + string(c.Person) + "#" + string(c.ID)}
}

func newestSnapshotKey(subject csdn.Subject) key {
	return key{snapshotPrefix + string(subject), "NEWEST"}
}

// manifestKey is beside the partition that is looked at every minute, as a manifest is large.
func manifestKey(subject csdn.Subject) key {
	return key{newestSnapshotKey(subject).pk + "#MANIFEST", "MANIFEST"}
}

func nextSnapshotKey(subject csdn.Subject) key {
	return key{newestSnapshotKey(subject).pk, "NEXT"}
}

// snapshotKey is where a snapshot is listed as long as something of it may be there.
func snapshotKey(subject csdn.Subject, id csdn.SnapshotID) key {
	return key{newestSnapshotKey(subject).pk, snapshotPrefix + string(id)}
}

func chunkKey(subject csdn.Subject, id csdn.SnapshotID, part string, number int) key {
	return key{newestSnapshotKey(subject).pk + "#" + string(id), fmt.Sprintf("%s#%04d", part, number)}
}

// tombstonePlace is where an erasure stands among the newest changes from when it was begun.
func tombstonePlace(e csdn.Erasure) csdn.ChangeID {
	const timeLength = 10
	return csdn.ChangeID(csdn.FirstID(e.BegunAt)[:timeLength] + string(e.ID)[timeLength:])
}

// organisationPlace is where an invitation stands among those of its organisation. Ids of meetings sort by the time of
// their making, so the newest meeting of a phase is its last.
func organisationPlace(i csdn.Invitation) string {
	return phaseText(i.Phase) + "#" + string(i.Meeting) + "#" + string(i.Person)
}

// invitationAt returns the key of the invitation that stands at a place of organisationPlace. ok is false for no such
// place, or one outside of the phase, where 0 means every phase.
func invitationAt(place string, phase csdn.PhaseNumber) (k key, ok bool) {
	parts := strings.Split(place, "#")
	if len(parts) != 3 || len(parts[0]) != len(phaseText(0)) || !csdn.ValidID(parts[1]) || !csdn.ValidID(parts[2]) {
		return key{}, false
	}
	if phase != 0 && parts[0] != phaseText(phase) {
		return key{}, false
	}
	return invitationKey(csdn.MeetingID(parts[1]), csdn.PersonID(parts[2])), true
}

func duePlace(i csdn.Invitation) string {
	return sortable(i.DueAt) + "#" + string(i.Meeting) + "#" + string(i.Person)
}
