"""A YAML file in the data folder that nothing reads; or, there or among the pages, what is no plain file.

Why: what stands in it looks entered and is not; usually its name is misspelled. Links are not followed, because they
could publish a file from elsewhere, and nothing is read from pipes and devices, which could keep a build waiting. By a
`.gitattributes`, git would give the files of a snapshot changed, or leave some of them out.

Example, in `data/programmes/demo/task.yml`:

    - id: T1

Output:

    data/programmes/demo/task.yml:1:1: error[misplaced-file] nothing is read from this file
      1 | - id: T1
        | ^
      Did you mean programmes/demo/tasks.yml?
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("misplaced-file", gate="shape")
