"""Families are asked, reminded, and counted (clause P.i).

Who has answered is asked of the ledger each time and stored nowhere: a person has answered when
every purpose in use has a standing answer of theirs for every child they answer for.

A protected child must look like one whose family has not answered. The register hides their yes, so
the campaign must hide that the parent answered: otherwise "answered" here beside "no answer" there
would tell. Therefore what staff see here (progress, lists, letters, sheets, and which children
count as new starters) is read through the filter of the register, `Answer.objects.shown_to`. To all
but the safeguarding lead such a family has not answered, here as there. What is printed or saved
for others is read as they would see it, whoever prints it.

Reminders are mail, which only the family reads, so they follow what was really said: nobody who
answered is reminded. For the same reason no page, count or record says whom a reminder went to, or
how many went: the missing one would tell.
"""
