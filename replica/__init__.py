"""The replica web: sites of our own on loopback, for the demo, tests and benchmarks.

``replica.server.Replica`` serves it; ``replica.hosts`` has one module a site; texts/ the articles.
"""
