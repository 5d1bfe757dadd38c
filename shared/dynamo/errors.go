package dynamo

import (
	"context"
	"errors"
	"strings"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// absent is the answer for what does not exist. It reads as that of the floors above for what is foreign: the two must
// look the same.
func absent() error { return csdn.Errorf(csdn.NotFound, "There is nothing here.") }

func stale() error {
	return csdn.Errorf(csdn.Stale, "It has been changed since you read it; read it again and repeat your change on that.")
}

// unavailable is the answer when the table is overloaded, contended or out of reach. After a broken connection the write
// may have been done all the same; repeated, it then is Stale.
func unavailable(cause error) error {
	return &csdn.Error{
		Kind: csdn.Unavailable, Message: "The directory is busy; try again in a moment.", RetryAfter: time.Second, Cause: cause,
	}
}

func oversize(cause error) error {
	return &csdn.Error{Kind: csdn.Invalid, Message: "It is too large to be kept; shorten its texts.", Cause: cause}
}

// passing are the codes, of errors and of the reasons of a cancelled transaction, that may be gone in a moment.
var passing = map[string]bool{
	"TransactionConflict":                    true,
	"TransactionConflictException":           true,
	"TransactionInProgressException":         true,
	"ThrottlingError":                        true,
	"ThrottlingException":                    true,
	"ProvisionedThroughputExceeded":          true,
	"ProvisionedThroughputExceededException": true,
	"RequestLimitExceeded":                   true,
	"InternalServerError":                    true,
	"ReplicatedWriteConflictException":       true,
}

// classify turns an error of the SDK into one of the domain where it is one: Unavailable for what may be gone in a moment,
// Invalid for an item that is too large. Any other is returned as it is.
func classify(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return unavailable(err)
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	var unsent *smithyhttp.RequestSendError
	var answered *smithyhttp.ResponseError
	if errors.As(err, &unsent) || errors.As(err, &answered) && answered.HTTPStatusCode() >= 500 {
		return unavailable(err)
	}
	var refused smithy.APIError
	if !errors.As(err, &refused) {
		return err
	}
	if passing[refused.ErrorCode()] {
		return unavailable(err)
	}
	if refused.ErrorCode() == "ValidationException" && aboutSize(refused.ErrorMessage()) {
		return oversize(err)
	}
	return err
}

// classifyCancelled does the same for a transaction, each of whose items has the error that a failure of its condition means. A
// failed condition counts before a conflict with another transaction: it would fail again.
func classifyCancelled(err error, refusals []error) error {
	var cancelled *types.TransactionCanceledException
	if !errors.As(err, &cancelled) {
		return classify(err)
	}
	for n, reason := range cancelled.CancellationReasons {
		if aws.ToString(reason.Code) == string(types.BatchStatementErrorCodeEnumConditionalCheckFailed) && n < len(refusals) {
			return refusals[n]
		}
	}
	for _, reason := range cancelled.CancellationReasons {
		switch code := aws.ToString(reason.Code); {
		case passing[code]:
			return unavailable(err)
		case code == "ValidationError" && aboutSize(aws.ToString(reason.Message)):
			return oversize(err)
		}
	}
	return err
}

// aboutSize reports whether a validation failed because of the size of an item (400 KB) or a transaction (4 MB).
func aboutSize(message string) bool { return strings.Contains(message, "size") }
