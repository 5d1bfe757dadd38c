package demo

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
)

//go:embed areas.csv organisations.csv people.csv
var files embed.FS

// row is one line of a table, by the names of its columns.
type row map[string]string

// read returns the lines of an embedded table, whose first line names the columns.
func read(name string) ([]row, error) {
	file, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	rows := make([]row, 0, len(lines)-1)
	for _, line := range lines[1:] {
		one := row{}
		for i, column := range lines[0] {
			one[column] = line[i]
		}
		rows = append(rows, one)
	}
	return rows, nil
}

// list returns the words of a cell.
func list[T ~string](r row, column string) []T {
	var words []T
	for _, word := range strings.Fields(r[column]) {
		words = append(words, T(word))
	}
	return words
}

// expertise returns the areas of a row. A star after an area claims the level of an expert.
func (r row) expertise() []csdn.Expertise {
	var all []csdn.Expertise
	for _, word := range strings.Fields(r["areas"]) {
		area, expert := strings.CutSuffix(word, "*")
		one := csdn.Expertise{Area: csdn.AreaSlug(area), Level: "works-on"}
		if expert {
			one.Level = "expert"
		}
		all = append(all, one)
	}
	return all
}

// phases returns the numbers of the phases of a row.
func (r row) phases() ([]csdn.PhaseNumber, error) {
	var numbers []csdn.PhaseNumber
	for _, word := range strings.Fields(r["phases"]) {
		number, err := strconv.Atoi(word)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, csdn.PhaseNumber(number))
	}
	return numbers, nil
}
