"""Who may come in: choosing or setting up a workspace, sign-in, lock; all of it as covers."""
