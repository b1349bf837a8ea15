"""Lessons: steps, goals and locks; their texts are in resources/lessons."""
