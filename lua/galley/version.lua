-- The version, here alone: the Makefile builds it into the C module, and `make lint` holds the other
-- files that must name it to it.
return "0.1.0"
