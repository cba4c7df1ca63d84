# The scenarios that come with the program: built into it, installed, and each played by a test.
set(REVEILLE_SCENARIOS
    fault-on-purpose
    large-push
    ota-http
    pinhole-closes
    push-without-tcp
    registration-expired
    server-killed
    sir-broadcast
    sir-broadcast-identified
    smsc-troubles
    thousand-return
    three-devices
    wake-by-http
    wake-by-sip
    wake-by-sms
    wake-by-ussd)
list(TRANSFORM REVEILLE_SCENARIOS REPLACE "(.+)" "${CMAKE_CURRENT_LIST_DIR}/\\1.yaml" OUTPUT_VARIABLE REVEILLE_SCENARIO_FILES)
