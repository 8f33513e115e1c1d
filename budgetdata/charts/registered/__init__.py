"""Every chart of the app, registered once by id."""
