"""Run a plan: send its requests at the allowed rate, and account for every row.

`starting` holds the doors, `Run` is a run seen from outside. From outside to inside: `work` is one
process's work on a run; `dispatch` sends, turn after turn; `supply`, `courier`, `settling` and
`traffic` (`pacing`, `gate`, `flight`) serve it; `meaning` and `endings` say what an answer means;
`ledger` writes everything down, and `records`, `failed` and `report` read it for people.
"""
