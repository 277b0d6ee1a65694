// Placeholder of the room; its first commit replaces it.
