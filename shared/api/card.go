package api

import (
	"context"
	"net/http"

	"csdn.example/directory/shared/csdn"
)

const cardType = "text/vcard"

// card returns the representation of a person as a card.
func (n People) card() representations {
	return representations{[]string{cardType}, func(ctx context.Context, caller csdn.Caller, _ string, param func(string) string) ([]byte, error) {
		return n.cardOf(ctx, caller, csdn.PersonID(param("id")))
	}}
}

func (n People) cardOf(ctx context.Context, caller csdn.Caller, id csdn.PersonID) ([]byte, error) {
	x, err := n.Directory.ExtractOne(ctx, caller, id)
	if err != nil {
		return nil, err
	}
	return n.Card(x)
}

func (n People) registerCard(a *API) {
	register(a, operation{
		method: http.MethodGet, path: "/v1/people/{id}/card.vcf", id: "read-person-card", act: "person.read",
		summary: "Read a person as a card for an address book", media: []string{cardType},
		description: "vCard 4.0 (RFC 6350), of what the caller may see: an alias stands for whoever is careful. The name of the file names nobody.",
	}, func(ctx context.Context, caller csdn.Caller, in *PersonPath) (*file, error) {
		text, err := n.cardOf(ctx, caller, in.id())
		return saved(cardType, "person.vcf", text), err
	})
}
