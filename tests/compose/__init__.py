"""What the tests of compose share: a small dossier of an invented port, and documents told in plain lines."""
