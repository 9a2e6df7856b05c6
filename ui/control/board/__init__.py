"""The meetings of the board: who is there, what is on the docket, what is decided and asked for."""
