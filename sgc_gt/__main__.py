"""`python -m sgc_gt` hace lo mismo que la orden `sgc-gt`."""

from sgc_gt.cli.principal import main

main()
