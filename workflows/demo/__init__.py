"""The demo: invented people and firms on real geography, walked through the real course.

Every case is filed and moved by the verbs of the record at moments in the past that are handed
in, so that it stands where such a case stands today. The same seed on the same day tells the
same stories.
"""
