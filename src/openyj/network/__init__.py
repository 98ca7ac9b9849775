"""The people around a child: family, carers and professionals, parental responsibility, and their drawing."""
