"""Trials in processes of their own: a real school in a folder, whose sender may be killed."""
