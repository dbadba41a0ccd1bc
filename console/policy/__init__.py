"""The documented evaluation logic of AWS policies, offline and exact; pure, imports only base."""
