# The scenarios that come with the program: built into it, installed, and each played by a test.
set(REVEILLE_SCENARIOS
    pinhole-closes)
list(TRANSFORM REVEILLE_SCENARIOS REPLACE "(.+)" "${CMAKE_CURRENT_LIST_DIR}/\\1.yaml" OUTPUT_VARIABLE REVEILLE_SCENARIO_FILES)
