"""What was handed out: the register, the frozen files, snapshots of facts, and how a change of a fact is graded."""
