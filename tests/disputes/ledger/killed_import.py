"""An import that is killed inside its third batch: run by test_import_at_once as a process."""

import os
import signal
import sys

import django


def main(path):
    django.setup()
    from disputes import signals
    from disputes.domain.ledger.importing import import_ledger
    from tests.factories import MONDAY

    batches = []

    def die(sender, **kwargs):
        batches.append(1)
        if len(batches) == 3:
            os.kill(os.getpid(), signal.SIGKILL)

    signals.cases_imported.connect(die, weak=False)
    import_ledger(path, at=MONDAY, batch=4)


if __name__ == "__main__":
    main(sys.argv[1])
