package directory

import "csdn.example/directory/shared/csdn"

// Reaches returns how far the caller reaches with the act, in a word, or no with the refusal.
func Reaches(caller csdn.Caller, act csdn.Act) (string, error) {
	far, err := permit(caller, act)
	return map[reach]string{no: "no", own: "own", ours: "ours", published: "published", all: "all"}[far], err
}

// Acts lists every act that a row of the policy governs.
func Acts() []csdn.Act {
	var acts []csdn.Act
	for act := range policy {
		acts = append(acts, act)
	}
	return acts
}
