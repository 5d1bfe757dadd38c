package csdn

import (
	"testing"
	"time"
)

func TestDaytime(t *testing.T) {
	at := func(day, hour, minute int) time.Time { return time.Date(2027, 1, day, hour, minute, 0, 0, time.UTC) }
	for _, c := range []struct {
		name string
		at   time.Time
		zone Zone
		want time.Time
	}{
		{"noon in Bamako", at(10, 12, 0), "Africa/Bamako", at(10, 12, 0)},
		{"before the morning", at(10, 7, 59), "Africa/Bamako", at(10, 8, 0)},
		{"the morning", at(10, 8, 0), "Africa/Bamako", at(10, 8, 0)},
		{"the evening", at(10, 21, 0), "Africa/Bamako", at(11, 8, 0)},
		{"night in Kathmandu while it is day in Brussels", at(10, 16, 0), "Asia/Kathmandu", at(11, 2, 15)},
		{"the last night of the month", time.Date(2027, 1, 31, 22, 0, 0, 0, time.UTC), "Africa/Bamako", time.Date(2027, 2, 1, 8, 0, 0, 0, time.UTC)},
	} {
		if got := Daytime(c.at, c.zone); !got.Equal(c.want) {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestRemind(t *testing.T) {
	m := openMeeting(t)
	invited := Invitation{Status: Invited, Version: 1}
	night := time.Date(2027, 1, 10, 22, 0, 0, 0, time.UTC)
	now, sent, err := invited.Remind(noon, m, "Africa/Bamako")
	if err != nil || !sent || !now.RemindedAt.Equal(noon) || !now.DueAt.Equal(m.AnswersUntil()) || now.Version != 2 {
		t.Errorf("by day: %+v, %v, %v", now, sent, err)
	}
	later, sent, err := invited.Remind(night, m, "Africa/Bamako")
	if err != nil || sent || !later.RemindAt.Equal(night.Add(10*time.Hour)) || !later.DueAt.Equal(later.RemindAt) {
		t.Errorf("by night: %+v, %v, %v", later, sent, err)
	}
	for name, refused := range map[string]Invitation{"reminded a moment ago": now, "waiting for the morning": later, "accepted": {Status: Accepted}} {
		if _, _, err := refused.Remind(noon.Add(time.Minute), m, "Africa/Bamako"); KindOf(err) != Conflict {
			t.Errorf("%s: %v", name, err)
		}
	}
	m.ResponseDeadline = night.Add(time.Hour)
	if _, _, err := invited.Remind(night, m, "Africa/Bamako"); KindOf(err) != Conflict {
		t.Errorf("a reminder after the deadline: %v", err)
	}
}
