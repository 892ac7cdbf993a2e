"""cleaner in other people's pipelines: a module for each, which loads the package that it is named after."""
