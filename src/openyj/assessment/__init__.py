"""Assessments of a child: question sets answered by a practitioner, read and countersigned by a manager."""
