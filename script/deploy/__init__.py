"""Makes from deploy/processes.toml and deploy/environment.example what starts the registry: `python -m script.deploy`."""
