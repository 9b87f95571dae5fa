;; A module with nothing in it still has a listing.
(module)
