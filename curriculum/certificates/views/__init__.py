"""Who checks a certificate, who has one, who issues them."""
