"""The library of use cases: one TOML file each, from Braze's article and around it.

`use_case` finds one and fills in the names a person chose; `use_case_names` lists them.
"""

from b2bkit.use_cases.errors import UseCaseError
from b2bkit.use_cases.library import use_case, use_case_names
from b2bkit.use_cases.model import NameField, UseCase, UseCaseWebhook

__all__ = ["NameField", "UseCase", "UseCaseError", "UseCaseWebhook", "use_case", "use_case_names"]
