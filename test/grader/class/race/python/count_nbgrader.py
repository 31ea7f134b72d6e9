"""`python count_nbgrader.py COURSE ASSIGNMENT`: how many exercises nbgrader gave full marks, over all students."""

import sys

from nbgrader.api import Gradebook

course, assignment = sys.argv[1:]
with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
    submissions = gradebook.assignment_submissions(assignment)
    grades = [g for s in submissions for notebook in s.notebooks for g in notebook.grades]
    print(sum(g.auto_score == g.max_score for g in grades if g.max_score > 0))
