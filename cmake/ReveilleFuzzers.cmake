# reveille_add_fuzzer(NAME SOURCES fuzz_NAME.cpp LIBS libs…)
# The source defines LLVMFuzzerTestOneInput. Two things come of it:
#   tst_corpus_NAME  always: every file of tests/fuzz/corpus/NAME once, under whatever compiler and sanitizer is in
#                    use; fails if the folder is empty
#   fuzz_NAME        with REVEILLE_BUILD_FUZZERS (Clang): the libFuzzer binary, in build/fuzz/tests/bin
function(reveille_add_fuzzer name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LIBS" ${ARGN})
    find_package(Qt6 6.4 REQUIRED COMPONENTS Core QUIET)
    set(corpus "${CMAKE_CURRENT_SOURCE_DIR}/corpus/${name}")

    add_executable(tst_corpus_${name} ${ARG_SOURCES} "${PROJECT_SOURCE_DIR}/tests/fuzz/replaycorpus.cpp")
    target_include_directories(tst_corpus_${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
    target_link_libraries(tst_corpus_${name} PRIVATE reveille_flags Qt6::Core ${ARG_LIBS})
    set_target_properties(tst_corpus_${name} PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests/bin")
    add_test(NAME tst_corpus_${name} COMMAND tst_corpus_${name} "${corpus}")
    set_tests_properties(tst_corpus_${name} PROPERTIES TIMEOUT 120 LABELS fuzz)

    if(REVEILLE_BUILD_FUZZERS)
        add_executable(fuzz_${name} ${ARG_SOURCES})
        target_include_directories(fuzz_${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
        target_link_libraries(fuzz_${name} PRIVATE reveille_flags Qt6::Core ${ARG_LIBS})
        target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
        set_target_properties(fuzz_${name} PROPERTIES
            RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests/bin")
    endif()
endfunction()
