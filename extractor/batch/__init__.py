"""Many articles: split into items, worked through by worker processes or a cluster, written in order, resumable.

items   inputs → items, the smallest pieces that can be worked on and can fail by themselves
work    what a worker does with a chunk of items
pool    worker processes on this machine, behind the interface of `concurrent.futures.Executor`
cluster the same on Dask
run     chunks through an executor, results in order, dead and hung workers survived
single  everything into one file or stdout
folder  shards, manifest, dead letters, resume
"""
