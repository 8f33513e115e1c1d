"""The thirteen standard tables, their variants, heads, codes and identities: data first."""
