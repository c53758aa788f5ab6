"""The app: screens that draw what study, library and insight say."""
