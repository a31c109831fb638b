"""What the report and the review desk share: reading records, their index for the browser, and the browser's own code.

The browser's code stands in ``static``: small ES modules and one style sheet, without a build step.
"""
