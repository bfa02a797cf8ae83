"""The money of a programme on the desk: pagu and cash plan, payments, striking out."""
