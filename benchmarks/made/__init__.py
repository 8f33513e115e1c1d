"""Budget disclosures of departments that do not exist, with the truth of each: scale is measured on them."""
