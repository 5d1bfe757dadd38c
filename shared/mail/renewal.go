package mail

import (
	"errors"

	"csdn.example/directory/shared/csdn"
)

// ComposeRenewal returns the letter of a renewal as a message (RFC 5322) of the alternatives plain text and HTML. It names the
// organisation and nobody, and counts what is due. Its subject and its headers say nothing of the organisation. The same letter always
// makes the same bytes. Invalid when an address cannot be written to.
func (m Mailer) ComposeRenewal(letter csdn.RenewalLetter) ([]byte, error) {
	if letter.Token == "" {
		return nil, errors.New("mail: the letter of a renewal needs a link")
	}
	said := &wording{language: letter.Organisation.Tongue(), Renewal: letter.Renewal}
	if err := said.learn(); err != nil {
		return nil, err
	}
	words := content{
		Language:  said.language,
		Subject:   said.one("neutral subject"),
		Greeting:  said.one("greeting"),
		Opening:   said.paragraphs("renewal opening"),
		Facts:     said.due(letter),
		Ask:       said.paragraphs("renewal ask"),
		Button:    said.one("renewal button"),
		Link:      m.PublicURL + "/confirm/" + letter.Token,
		Care:      said.paragraphs("renewal care"),
		Signature: said.paragraphs("signature"),
		Colon:     said.one("colon"),
	}
	if said.err != nil {
		return nil, said.err
	}
	return m.write(heading{Delivery: letter.Delivery, email: letter.To}, words, nil)
}

// due returns what the organisation is asked to confirm, labelled.
func (w *wording) due(letter csdn.RenewalLetter) []fact {
	o, r := letter.Organisation, letter.Renewal
	confirmed := w.one("profile never")
	if !o.ConfirmedAt.IsZero() {
		confirmed = w.one("profile due") + " " + csdn.DayInWords(o.ConfirmedAt, w.language)
	}
	label := func(name, text string) fact { return fact{Label: w.one("label " + name), Text: text} }
	facts := []fact{
		label("organisation", line(o.Name)),
		label("profile", confirmed),
	}
	if r.Claims > 0 {
		facts = append(facts, label("claims", w.one("claims due")))
	}
	if r.PeopleClaims > 0 {
		facts = append(facts, label("people's claims", w.one("people's claims due")))
	}
	return append(facts, label("until", csdn.DayInWords(letter.Link.ExpiresAt, w.language)))
}
