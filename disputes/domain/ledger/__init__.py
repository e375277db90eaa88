"""The ledger of a federation: a workbook read row by row into the record.

`reading` turns a workbook into raw rows, `rows` one raw row into a `LedgerRow` or findings,
`importing` a whole workbook into cases, `rejects` the rest back into a workbook.
"""
