"""`python -m archiver`."""

from archiver.cli.main import main

if __name__ == "__main__":
    main()
