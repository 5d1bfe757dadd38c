package document

import (
	"fmt"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/document/docx"
	"csdn.example/directory/shared/document/paper"
	"csdn.example/directory/shared/document/pdf"
)

// ConceptNotePDF returns the concept note as a tagged PDF file: what ConceptNote says, word for word.
func ConceptNotePDF(m csdn.Meeting, phase csdn.Phase) ([]byte, error) {
	d, err := printed(m, phase)
	if err != nil {
		return nil, err
	}
	file, err := pdf.Write(d, pdf.About{Author: network, Changed: m.UpdatedAt})
	if err != nil {
		return nil, fmt.Errorf("concept note of meeting %s as PDF: %w", m.ID, err)
	}
	return file, nil
}

// ConceptNoteDOCX returns the concept note as a DOCX file, to be worked on: what ConceptNote says, word for word.
func ConceptNoteDOCX(m csdn.Meeting, phase csdn.Phase) ([]byte, error) {
	d, err := printed(m, phase)
	if err != nil {
		return nil, err
	}
	file, err := docx.Write(d, docx.About{Author: network, Changed: m.UpdatedAt})
	if err != nil {
		return nil, fmt.Errorf("concept note of meeting %s as DOCX: %w", m.ID, err)
	}
	return file, nil
}

// network is whose documents these are.
const network = "Civil Society Dialogue Network"

func printed(m csdn.Meeting, phase csdn.Phase) (paper.Document, error) {
	page, err := ConceptNote(m, phase)
	if err != nil {
		return paper.Document{}, err
	}
	d, err := paper.Read(page)
	if err != nil {
		return paper.Document{}, fmt.Errorf("concept note of meeting %s: %w", m.ID, err)
	}
	return d, nil
}
