/// TestSupport: where the project and the shared material lie, and throw-away folders.
