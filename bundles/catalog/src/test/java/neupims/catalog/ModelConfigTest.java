// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static neupims.catalog.TestCatalog.assertRefused;
import static neupims.catalog.TestCatalog.onlyVariant;
import static neupims.catalog.TestCatalog.origin;
import static neupims.catalog.TestCatalog.variant;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import neupims.api.model.DataType;
import neupims.api.model.DecoderModel;
import neupims.api.run.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published config.json files as they are; those of the test resources hold published facts. */
class ModelConfigTest {
  private static final Path CONFIGS = Path.of("src/test/resources/configs");

  @TempDir Path directory;

  private Path file(String json) throws IOException {
    return Files.writeString(directory.resolve("config.json"), json.replace('\'', '"'));
  }

  private static DecoderModel model(Path config) {
    return variant("model=" + config).shard().model();
  }

  /** What the file says is what the catalog's own file says, all but the name. */
  @ParameterizedTest
  @CsvSource({
    "opt-13b",
    "llama-2-70b",
    "llama-3-8b",
    "mistral-7b",
    "qwen2-7b",
    "falcon-7b",
    "falcon-40b",
    "mixtral-8x7b",
    "qwen1.5-moe-a2.7b"
  })
  void aConfigIsTheCatalogsModel(String name) {
    DecoderModel config = model(CONFIGS.resolve(name + ".json"));
    DecoderModel ours = variant("model=" + name).shard().model();
    assertEquals(
        ours.toString().replaceFirst("name=[^,]*", ""),
        config.toString().replaceFirst("name=[^,]*", ""));
  }

  /** GPT-2: 124,439,808 parameters; the file gives no inner width. */
  @Test
  void gpt2IsReadToo() throws IOException {
    DecoderModel model =
        model(
            file(
                "{'model_type':'gpt2','n_embd':768,'n_head':12,'n_layer':12,'n_positions':1024,"
                    + "'n_ctx':1024,'vocab_size':50257,'n_inner':null,"
                    + "'activation_function':'gelu_new','architectures':['GPT2LMHeadModel']}"));
    assertEquals(124_439_808, model.parameters());
    assertEquals(3072, model.feedForward());
    assertEquals(DataType.FP16, model.precision().weights());
  }

  /** Other published models of the families, by the sizes in their files; counts as published. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llama 16 32 8 2048 8192 128256 131072 | 'tie_word_embeddings':true,'head_dim':64 |"
            + " 1235814400", // Llama 3.2 1B
        "llama 22 32 4 2048 5632 32000 2048 | 'rope_scaling':null | 1100048384", // TinyLlama 1.1B
        "mistral 40 32 8 5120 14336 131072 1024000 | 'head_dim':128,'sliding_window':null |"
            + " 12247782400", // Mistral Nemo
        "qwen2 24 14 2 896 4864 151936 131072 | 'tie_word_embeddings':true | 494032768", // 0.5B
        "mixtral 56 48 8 6144 16384 32000 65536 | 'num_local_experts':8,'num_experts_per_tok':2 |"
            + " 140620634112", // 8x22B
        "deepseek 28 16 16 2048 10944 102400 4096 | 'n_routed_experts':64,'n_shared_experts':2,"
            + "'num_experts_per_tok':6,'moe_intermediate_size':1408,'first_k_dense_replace':1,"
            + "'moe_layer_freq':1,'tie_word_embeddings':false | 16375728128" // DeepSeekMoE 16B
      })
  void parametersOfOtherPublishedModels(String sizes, String more, long parameters)
      throws IOException {
    String[] size = sizes.split(" ");
    String[] keys = {
      "num_hidden_layers",
      "num_attention_heads",
      "num_key_value_heads",
      "hidden_size",
      "intermediate_size",
      "vocab_size",
      "max_position_embeddings"
    };
    StringBuilder json = new StringBuilder("{'model_type':'" + size[0] + "'");
    for (int i = 0; i < keys.length; i++) {
      json.append(",'").append(keys[i]).append("':").append(size[i + 1]);
    }
    assertEquals(parameters, model(file(json + "," + more + "}")).parameters());
  }

  @Test
  void anExperimentNamesAConfigRelativeToItself() throws IOException {
    file(Files.readString(CONFIGS.resolve("llama-3-8b.json")));
    Path experiment =
        Files.writeString(
            directory.resolve("exp.json"),
            "{\"model\": \"config.json\", \"tp\": 4, \"system\": \"neupims\","
                + " \"workload\": {\"source\": \"all-at-once\"}}");
    Variant variant = onlyVariant(experiment, "model.precision.kv=int8");
    assertEquals(8, variant.shard().model().kvHeads());
    assertEquals(2, variant.shard().kvHeads());
    assertEquals(DataType.INT8, variant.shard().model().precision().kv());
    String config = directory.resolve("config.json").toString();
    assertEquals(config, origin(variant, "model.kvHeads"));
    assertEquals("catalog/families.json", origin(variant, "model.block.norm"));
  }

  @Test
  void aModelFileMayBeAChangeOfAConfig() throws IOException {
    file(Files.readString(CONFIGS.resolve("llama-3-8b.json")));
    Path mine =
        Files.writeString(
            directory.resolve("mine.json"),
            "{\"base\": \"config.json\", \"layers\": 2, \"defaults\": {\"tp\": 2, \"pp\": 1}}");
    Variant variant = variant("model=" + mine);
    assertEquals(2, variant.shard().model().layers());
    assertEquals(2, variant.shard().parallelism().tensor());
    assertEquals(8, variant.shard().model().kvHeads());
  }

  @Test
  void aWindowCountsOnlyWhenItIsUsed() throws IOException {
    String qwen = Files.readString(CONFIGS.resolve("qwen2-7b.json"));
    assertEquals(0, model(CONFIGS.resolve("qwen2-7b.json")).window());
    String used = qwen.replace("\"use_sliding_window\": false", "\"use_sliding_window\": true");
    Path mixed = file(used);
    assertRefused(
        () -> model(mixed),
        "config.json: max_window_layers: 28: layers with and layers without a window are not");
    Path all = file(used.replaceAll("\"max_window_layers\": \\d+", "\"max_window_layers\": 0"));
    assertEquals(131072, model(all).window());
  }

  @Test
  void eightBitWeightsAreReadAndNarrowerOnesRefused() throws IOException {
    String llama = Files.readString(CONFIGS.resolve("llama-3-8b.json")).strip();
    String open = llama.substring(0, llama.length() - 1);
    DecoderModel fp8 = model(file(open + ", 'quantization_config': {'quant_method': 'fp8'}}"));
    assertEquals(DataType.FP8, fp8.precision().weights());
    assertEquals(DataType.BF16, fp8.precision().kv());
    Path gptq = file(open + ", 'quantization_config': {'quant_method': 'gptq', 'bits': 4}}");
    assertRefused(
        () -> model(gptq), "config.json: quantization_config.quant_method: \"gptq\": of quantised");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'model_type':'gemma','hidden_size':1} | model_type: \"gemma\" is not a known family of |"
            + " known: gpt2, opt, llama, mistral, qwen2, falcon, mixtral, qwen2_moe, deepseek",
        "{'model_type':'lama'} | model_type: \"lama\" is not a known | did you mean \"llama\"?",
        "{'hidden_size':64} | model_type: missing; known: gpt2, opt, llama | falcon",
        "{'architectures':['X']} | model_type: missing | llama",
        "{'model_type':7} | model_type: 7 is not a known family | llama",
        "{'model_type':'deepseek_v2'} | model_type: \"deepseek_v2\": multi-head latent | known:",
        "{'model_type':'deepseek','moe_layer_freq':2} | moe_layer_freq: 2: dense layers between |"
            + " not modelled",
        "{'model_type':'mamba'} | model_type: \"mamba\": state-space layers are not modelled | k",
        "{'model_type':'t5'} | model_type: \"t5\": encoder-decoder models are not modelled | k",
        "{'model_type':'llama','kv_lora_rank':512} | kv_lora_rank: 512: multi-head latent | MLA",
        "{'model_type':'llama','layer_types':['full_attention','linear_attention']} | layer_types:"
            + " [| layers of several kinds",
        "{'model_type':'llama','num_hidden_layers':2} | num_attention_heads: missing; family |"
            + " llama needs it for model.heads",
        "{'model_type':'falcon','num_attention_heads':2} | num_hidden_layers or n_layer: missing |"
            + " family falcon needs it for model.layers",
        "{'model_type':'gpt2','n_layer':2,'n_head':2,'n_embd':8,'activation_function':'tanh'} |"
            + " vocab_size: missing | needs it for model.vocabulary",
        "{'model_type':'opt','do_layer_norm_before':false} | do_layer_norm_before: false: blocks |"
            + " not modelled",
        "{'model_type':'opt','hidden_size':1024,'word_embed_proj_dim':512} | word_embed_proj_dim:"
            + " 512: a projection | not modelled",
        "{'model_type':'qwen2_moe','decoder_sparse_step':2} | decoder_sparse_step: 2: layers | not"
      })
  void whatIsNotModelledIsRefusedByFileAndKey(String json, String message, String more)
      throws IOException {
    Path config = file(json);
    assertRefused(() -> model(config), config + ": " + message, more);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"num_hidden_layers\": 32 | \"num_hidden_layers\": \"x\" | num_hidden_layers: \"x\" is"
            + " not a number",
        "\"num_hidden_layers\": 32 | \"num_hidden_layers\": 0 | num_hidden_layers: 0 is out of"
            + " range; allowed: a whole number from 1 to 1024",
        "\"num_key_value_heads\": 8 | \"num_key_value_heads\": 7 | KV heads (7) must divide the"
            + " heads (32)",
        "\"hidden_act\": \"silu\" | \"hidden_act\": \"tanh\" | hidden_act: \"tanh\" is not"
            + " modelled; known: silu",
        "\"torch_dtype\": \"bfloat16\" | \"torch_dtype\": \"int4\" | torch_dtype: \"int4\" is not"
            + " modelled; known: float16, bfloat16",
        "\"vocab_size\": 128256 | \"vocab_size\": [1] | vocab_size: [1] is not a number"
      })
  void aBadValueIsRefusedByFileAndKey(String good, String bad, String message) throws IOException {
    String llama = Files.readString(CONFIGS.resolve("llama-3-8b.json"));
    Path config = file(llama.replace(good, bad));
    assertRefused(() -> model(config), config + ": ", message);
  }
}
