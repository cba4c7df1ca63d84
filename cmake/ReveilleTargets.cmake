# One place for compiler flags and for how a library, a program and a test are declared.

add_library(reveille_flags INTERFACE)
target_compile_features(reveille_flags INTERFACE cxx_std_20)
target_compile_options(reveille_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual
    -Wshadow=local -Wcast-qual -Wformat=2)
target_compile_definitions(reveille_flags INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_CONTEXTLESS_CONNECT QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH
    QT_NO_KEYWORDS QT_STRICT_ITERATORS QT_DISABLE_DEPRECATED_BEFORE=0x060400
    REVEILLE_VERSION="${PROJECT_VERSION}")
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    target_compile_options(reveille_flags INTERFACE -Wno-shadow -Wshadow-uncaptured-local)
endif()
if(REVEILLE_SANITIZE)
    target_compile_options(reveille_flags INTERFACE
        -fsanitize=${REVEILLE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(reveille_flags INTERFACE -fsanitize=${REVEILLE_SANITIZE})
endif()
if(REVEILLE_BUILD_FUZZERS)
    target_compile_options(reveille_flags INTERFACE -fsanitize=fuzzer-no-link)
    target_link_options(reveille_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# reveille_add_library(NAME SOURCES a.h a.cpp … PUBLIC libs… PRIVATE libs…)
# One folder, one target. The link list is the direction of dependency.
function(reveille_add_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    string(REPLACE "reveille_" "" short "${name}")
    add_library(Reveille::${short} ALIAS ${name})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/server")
    target_link_libraries(${name} PUBLIC ${ARG_PUBLIC} PRIVATE reveille_flags ${ARG_PRIVATE})
endfunction()

# reveille_add_program(NAME SOURCES main.cpp PRIVATE libs…)
function(reveille_add_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;PRIVATE" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE reveille_flags ${ARG_PRIVATE})
    install(TARGETS ${name} RUNTIME)
endfunction()

# What test.sh builds under the sanitizers: suites without programs, peers or windows; of those, the ones with threads.
add_custom_target(sanitized_tests)
add_custom_target(threaded_tests)

# reveille_add_test(NAME SOURCES tst_x.cpp LIBS libs… [LABELS …] [TIMEOUT seconds] [THREADED])
# Offscreen, so that it runs without a display. tests/support/testpaths.h knows where data and programs are.
function(reveille_add_test name)
    cmake_parse_arguments(ARG "THREADED" "TIMEOUT" "SOURCES;LIBS;LABELS" ${ARGN})
    find_package(Qt6 6.4 REQUIRED COMPONENTS Test QUIET)
    # Without the two paths Qt adds, which we do not use and which make every clone's command line its own.
    set_property(TARGET Qt6::Test PROPERTY INTERFACE_COMPILE_DEFINITIONS QT_TESTLIB_LIB)
    add_executable(${name} ${ARG_SOURCES})
    cmake_path(GET CMAKE_CURRENT_SOURCE_DIR FILENAME folder)
    set(outside e2e gui models architecture)
    if(NOT folder IN_LIST outside AND NOT "peers" IN_LIST ARG_LABELS)
        list(APPEND ARG_LABELS sanitized)
        add_dependencies(sanitized_tests ${name})
    endif()
    if(ARG_THREADED)
        list(APPEND ARG_LABELS threaded)
        add_dependencies(threaded_tests ${name})
    endif()
    set_target_properties(${name} PROPERTIES AUTOMOC ON
        RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests/bin")
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
    target_link_libraries(${name} PRIVATE reveille_flags test_paths Qt6::Test ${ARG_LIBS})
    # A test waits more than it computes, and there are hundreds: a third of the time to compile them is worth more.
    # Undefined behaviour is looked for in what is tested; in the tests it would triple their time to compile.
    target_compile_options(${name} PRIVATE $<$<CONFIG:RelWithDebInfo>:-O1>)
    if(REVEILLE_SANITIZE MATCHES "undefined")
        target_compile_options(${name} PRIVATE -fno-sanitize=undefined)
    endif()
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_LOGGING_RULES=qt.*.debug=false")
endfunction()
